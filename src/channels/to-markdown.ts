const address = /(https?:\/\/\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]{1,255})/

/**
 * Plain text as Markdown that shows the same. Channels differ in what they do with the line ends of plain text: the
 * Agents Playground shows them as spaces. Lines that begin with `- ` or `1. ` become lists, which is what they are.
 */
export function toMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split(address).map(escapeUnlessAddress).join(''))
    .join('\n')
    .replace(/([^\n])\n(?=[^\n])/g, '$1  \n')
}

// Split by a pattern with one group, the odd parts are the addresses; a backslash would break their links.
function escapeUnlessAddress(part: string, index: number): string {
  if (index % 2 === 1) return part
  return part.replace(/[\\`*_[\]<>~|]/g, '\\$&').replace(/^(\s*)([#+])/, '$1\\$2')
}
