import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const version = '4.18.1'

/**
 * The official Web Chat, packed as a good server would send it. It is no dependency of this project: npm brings its one
 * file into a folder for temporary files, once. Undefined where npm cannot reach it.
 */
export function fetchOfficialWebChat(): Buffer | undefined {
  const folder = join(tmpdir(), `klachtwijzer-webchat-${version}`)
  const file = join(folder, 'package', 'dist', 'webchat.js')
  try {
    if (!existsSync(file)) {
      mkdirSync(folder, { recursive: true })
      const run = (program: string, args: readonly string[]) =>
        execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'], timeout: 120_000 })
      run('npm', ['pack', `botframework-webchat@${version}`])
      run('tar', ['xzf', `botframework-webchat-${version}.tgz`, 'package/dist/webchat.js'])
    }
    return brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  } catch {
    return undefined
  }
}

/** The page that its documentation shows, for a Direct Line of our own. @param directLine such as `http://127.0.0.1:3978/v3/directline` */
export function officialPage(directLine: string): string {
  return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Web Chat</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>html, body, #webchat { height: 100%; margin: 0 }</style></head><body>
<div id="webchat" role="main"></div><script src="/webchat.js"></script><script>
(async () => {
  const response = await fetch('${directLine}/tokens/generate', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ organisation: 'pluzorg', locale: 'nl' }),
  })
  const { token } = await response.json()
  window.WebChat.renderWebChat(
    { directLine: window.WebChat.createDirectLine({ token, domain: '${directLine}' }), locale: 'nl-NL' },
    document.getElementById('webchat'),
  )
})()
</script></body></html>`
}
