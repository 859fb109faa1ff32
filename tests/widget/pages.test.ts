import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadWidget } from '../../src/wiring/load-widget.ts'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { type DirectLineUnderTest, startDirectLine } from '../channels/direct-line/direct-line-under-test.ts'
import { project, root } from '../real-project.ts'
import { texts } from '../real-world.ts'
import { embeddings, startWidget } from './widget-under-test.ts'

let chats: DirectLineUnderTest

beforeAll(async () => {
  chats = await startWidget()
})
afterAll(() => chats.close())

async function open(path: string, headers: Record<string, string> = {}, address = chats.address) {
  const response = await fetch(new URL(path, address), { headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('a page of the chat', () => {
  test('holds the first words and the first question before any program runs', async () => {
    const { text } = await open('/chat/pluzorg?taal=nl')
    expect(text).toContain('<html lang="nl" dir="ltr">')
    expect(text).toContain('Ik ben een computer, geen mens')
    expect(text).toContain('href="tel:+31854874012"')
    expect(text).toContain('value="complaint"')
    expect(text).toContain('<noscript>')
  })

  test('stores nothing', async () => {
    const before = chats.stored()
    await open('/chat/pluzorg')
    await open('/embed/pluzorg')
    expect(chats.stored()).toBe(before)
  })

  test('has no script and no style in it, and allows none', async () => {
    for (const path of ['/', '/chat', '/chat/pluzorg', '/embed/pluzorg']) {
      const { headers, text } = await open(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toMatch(/unsafe|\*(?!\s|;|$)(?!$)|data:/)
      expect(text).not.toMatch(/<style|\sstyle=|\son\w+=/)
      for (const [, attributes] of text.matchAll(/<script([^>]*)>/g)) {
        expect(attributes).toMatch(/src=|type="application\/json"/)
      }
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  test('stands in frames of listed pages only, and as a whole page in none', async () => {
    const own = await startWidget({ server: { publicUrl: 'https://chat.example' } })
    const ancestors = async (path: string) =>
      (await open(path, {}, own.address)).headers
        .get('content-security-policy')
        ?.match(/frame-ancestors ([^;]*)/)?.[1]
    expect(await ancestors('/embed/pluzorg')).toBe("'self' https://www.pluzorg.example")
    expect(await ancestors('/embed/pluspunt')).toBe("'self'")
    expect(await ancestors('/chat/pluzorg')).toBe("'none'")
    expect(await ancestors('/')).toBe("'none'")
    await own.close()
  })

  test('of an organisation that is not known is the choice of organisations', async () => {
    expect((await open('/chat/elders?taal=en')).headers.get('location')).toBe('/chat?taal=en')
    expect((await open('/embed/elders')).status).toBe(303)
    const { text } = await open('/chat')
    expect(text).toContain('value="zorgkracht12"')
  })

  test('speaks the language that is asked for, and else that of the browser', async () => {
    expect((await open('/chat?taal=en')).text).toContain('<html lang="en"')
    expect((await open('/chat', { 'accept-language': 'en-GB,en' })).text).toContain('<html lang="en"')
    expect((await open('/chat?taal=xx', { 'accept-language': 'fr' })).text).toContain('<html lang="nl"')
  })

  test('shows name and colour of the organisation', async () => {
    const { text } = await open('/chat/zorgkracht12')
    expect(text).toMatch(/<h1 class="name">Zorgkracht<\/h1>/)
    const [, style = ''] = text.match(/href="(\/assets\/chat[^"]+)"/) ?? []
    expect((await open(style)).text).toContain('--accent:#5b2a86')
  })

  test('shows a logo, and allows pictures of its site alone', async () => {
    const logo = 'https://www.pluzorg.example/logo.svg'
    const own = await startWidget({ embeddings: { pluzorg: { origins: [], logo } } })
    const policy = async (path: string) =>
      (await open(path, {}, own.address)).headers.get('content-security-policy')
    expect((await open('/chat/pluzorg', {}, own.address)).text).toContain(`src="${logo}" alt`)
    expect(await policy('/chat/pluzorg')).toContain('img-src https://www.pluzorg.example;')
    expect(await policy('/chat/pluspunt')).not.toContain('img-src')
    await own.close()
  })

  test('is for this machine alone where nothing says that the chat is public', async () => {
    for (const path of ['/', '/chat', '/embed/pluzorg', '/widget.js']) {
      expect((await open(path, { 'x-forwarded-for': '10.0.0.1' })).status, path).toBe(403)
    }
  })
})

describe('a file of the program', () => {
  test('is kept for ever under its name, and packed', async () => {
    const { text } = await open('/chat')
    const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
    expect(files).toHaveLength(2)
    for (const path of files) {
      const response = await fetch(new URL(path, chats.address), { headers: { 'accept-encoding': 'br' } })
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(response.headers.get('content-encoding')).toBe('br')
      const plain = await open(path, { 'accept-encoding': 'identity' })
      expect(plain.headers.get('content-encoding')).toBeNull()
      expect(await response.text()).toBe(plain.text)
    }
  })

  test.each(['/assets/x.js', '/assets/..%2fpackage.json', '/assets/__proto__', '/assets/constructor'])(
    'is nothing else: %s',
    async (path) => {
      expect((await open(path)).status).toBe(404)
    },
  )

  test('the loader has at most 2 kB, and all before the first question 25 kB', async () => {
    const { assets, names } = await loadWidget(root)
    const packed = async (path: string) => {
      const response = await fetch(new URL(path, chats.address), { headers: { 'accept-encoding': 'br' } })
      return Number(response.headers.get('content-length'))
    }
    const loader = await packed('/widget.js')
    expect(loader).toBeLessThanOrEqual(2_000)
    const others = [names.chat, names.chatStyle].map((name) => assets[name]?.brotli.length ?? Number.NaN)
    const total = others.reduce((sum, each) => sum + each, loader + (await packed('/embed/pluzorg')))
    expect(total).toBeLessThanOrEqual(25_000)
  })

  test('the loader is kept for a short time, by any page', async () => {
    const { headers } = await open('/widget.js')
    expect(headers.get('cache-control')).toBe('public, max-age=600')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  })

  test('unpacks to what it was', async () => {
    const { assets } = await loadWidget(root)
    for (const { body, brotli } of Object.values(assets))
      expect(brotliDecompressSync(brotli).equals(body)).toBe(true)
  })
})

describe('script in words and knowledge', () => {
  const evil = `<img src=x onerror="hit()">'"</script><script>hit()</script>`

  test('is text wherever it stands in a page', async () => {
    const poison = <T>(value: T, keys: (key: string) => boolean): T =>
      JSON.parse(JSON.stringify(value), (key, inner) =>
        typeof inner === 'string' && keys(key) ? `${inner}${evil}` : inner,
      )
    const poisoned = poison(project, (key) => ['name', 'title', 'label'].includes(key))
    const words = poison(texts.texts, (key) => key !== 'direction' && key !== 'exitUrl')
    const own = await startDirectLine({
      guide: makeGuide(poisoned, { ...texts, texts: words }),
      settings: { embeddings: { ...embeddings, pluspunt: { origins: [], name: evil } } },
      server: { widget: await loadWidget(root) },
    })
    for (const path of [
      '/',
      '/chat',
      '/chat/pluspunt',
      '/embed/pluzorg',
      `/chat?taal=${encodeURIComponent(evil)}`,
    ]) {
      const { text } = await open(path, {}, own.address)
      expect(text, path).not.toContain('<img')
      expect(text, path).not.toContain('<script>')
    }
    await own.close()
  })
})
