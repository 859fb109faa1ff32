import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** A file that a browser gets, packed once. */
export type Asset = {
  readonly type: 'js' | 'css' | 'json'
  readonly body: Buffer
  readonly brotli: Buffer
  readonly gzip: Buffer
}

/** Packs a file as small as it gets: that takes a while, and is done once. */
export function packAsset(type: Asset['type'], text: string): Asset {
  const body = Buffer.from(text)
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
  return {
    type,
    body,
    brotli: brotliCompressSync(body, { params: quality }),
    gzip: gzipSync(body, { level: 9 }),
  }
}

/** A name with a hash of the content: a browser may keep the file for ever. */
export function hashedName(name: string, content: string, type: Asset['type']): string {
  return `${name}.${createHash('sha256').update(content).digest('base64url').slice(0, 12)}.${type}`
}
