import type { Response } from 'express'

/**
 * Sets on a page what a browser must keep to: programs and styles of this server alone, none in the page itself, nothing
 * kept, nothing passed on to where a link leads. @param ancestors the directive that says who may frame it
 */
export function setWidgetHeaders(response: Response, ancestors: string, pictures: readonly string[]): void {
  response.set({
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-src 'self'",
      ...(pictures.length > 0 ? [`img-src ${pictures.join(' ')}`] : []),
      "form-action 'self'",
      "base-uri 'none'",
      // Text becomes elements in no other way than one by one: a browser that knows this keeps to it too.
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
      ancestors,
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()',
  })
}
