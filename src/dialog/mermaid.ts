/** A node of a flow chart. Lines are plain text. */
export type ChartNode = {
  readonly id: string
  readonly shape: 'question' | 'end' | 'elsewhere'
  readonly lines: readonly string[]
}

/** An arrow of a flow chart between the ids of two nodes, with the lines that stand beside it. */
export type ChartEdge = { readonly from: string; readonly to: string; readonly lines: readonly string[] }

/** Round enough to be told from a question, and wide enough for many lines; readable on a light and a dark page. */
const endStyle = 'fill:#e8f5e9,stroke:#2e7d32,color:#1b1b1b,rx:24px,ry:24px'

const brackets = { question: ['[', ']'], end: ['(', '):::end_style'], elsewhere: ['[[', ']]'] } as const

/** A Mermaid flow chart, each node before the arrows that leave it. Any text may stand in it. */
export function flowchart(nodes: readonly ChartNode[], edges: readonly ChartEdge[]): string {
  const lines = nodes.flatMap((node) => {
    const [open, close] = brackets[node.shape]
    const leaving = edges.filter((edge) => edge.from === node.id)
    return [
      `  ${node.id}${open}"${label(node.lines)}"${close}`,
      ...leaving.map((edge) => `  ${edge.from} -->|"${label(listed(edge.lines))}"| ${edge.to}`),
    ]
  })
  return ['flowchart TD', `  classDef end_style ${endStyle}`, ...lines].join('\n')
}

/** Several answers on one arrow, told apart. */
function listed(lines: readonly string[]): readonly string[] {
  return lines.length > 1 ? lines.map((line) => `• ${line}`) : lines
}

function label(lines: readonly string[]): string {
  return lines.map(escapeMermaid).join('<br/>')
}

/**
 * Text that means nothing to Mermaid: its own characters as entities. A number or a dash at the start would be read as
 * a list ("Unsupported markdown: list").
 */
function escapeMermaid(text: string): string {
  return text
    .replace(/[#"<>&`%{}()[\]|\\*_~;]/g, (character) => `#${character.codePointAt(0)};`)
    .replace(/\s+/g, ' ')
    .replace(/^(\d+)([.)])/, (_, digits: string, mark: string) => `${digits}#${mark.codePointAt(0)};`)
    .replace(/^([-+])/, (mark) => `#${mark.codePointAt(0)};`)
}

/** Text that means nothing to Markdown, also within a table. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~$]/g, '\\$&').replace(/\s+/g, ' ')
}
