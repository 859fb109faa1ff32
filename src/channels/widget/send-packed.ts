import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Request, Response } from 'express'
import type { Asset } from './asset.ts'

/** Sends a packed file in the smallest form that the browser takes. */
export function sendAsset(request: Request, response: Response, asset: Asset): void {
  const encoding = encodingFor(request)
  response.vary('Accept-Encoding').type(asset.type)
  if (encoding !== undefined) response.set('Content-Encoding', encoding)
  response.send(encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : asset.body)
}

/** Sends a page that was made for this request, packed lightly: it has to leave at once. */
export function sendPage(request: Request, response: Response, status: number, markup: string): void {
  const encoding = encodingFor(request)
  response.status(status).vary('Accept-Encoding').type('html')
  if (encoding === undefined) return void response.send(markup)
  response.set('Content-Encoding', encoding)
  response.send(
    encoding === 'br'
      ? brotliCompressSync(markup, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      : gzipSync(markup),
  )
}

function encodingFor(request: Request): 'br' | 'gzip' | undefined {
  const taken = request.acceptsEncodings(['br', 'gzip'])
  return taken === 'br' || taken === 'gzip' ? taken : undefined
}
