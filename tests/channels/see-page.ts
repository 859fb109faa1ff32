/** An element of a page, or a piece of text in it. */
type Node = string | { tag: string; attributes: Record<string, string>; children: Node[] }
type Element = Exclude<Node, string>

/** A form as a text browser knows it: what is inside it, and nothing of script. */
export type Form = {
  readonly action: string
  readonly method: string
  readonly hidden: Readonly<Record<string, string>>
  readonly buttons: readonly { readonly name: string; readonly value: string; readonly label: string }[]
  /** Names of the fields to type in. */
  readonly fields: readonly string[]
}

/** A page as somebody reads it without script and without style. */
export type PageSeen = {
  readonly title: string
  readonly language: string
  readonly direction: string
  readonly headings: readonly string[]
  /** What the conversation says, line by line. */
  readonly lines: readonly string[]
  /** What answers the question, or follows the advice. */
  readonly options: readonly string[]
  readonly told: readonly { readonly question: string; readonly answer: string; readonly slot: string }[]
  readonly forms: readonly Form[]
  readonly links: readonly { readonly url: string; readonly label: string }[]
  /** Everything there is to read. */
  readonly text: string
}

const single = new Set(['meta', 'link', 'input', 'br', 'wbr', '!doctype'])

/** Reads markup; throws where an element is not closed, or an attribute has no quotes. */
export function seePage(markup: string): PageSeen {
  const root = parse(markup)
  const main = only(root, (element) => element.tag === 'main')
  const isAdvised = all(main, hasClass('advice')).length > 0
  const [html] = all(root, (element) => element.tag === 'html')
  return {
    title: textOf(only(root, (element) => element.tag === 'title')),
    language: html?.attributes.lang ?? '',
    direction: html?.attributes.dir ?? '',
    headings: all(main, (element) => /^h\d$/.test(element.tag)).map((each) => `${each.tag} ${textOf(each)}`),
    lines: all(main, isBlock).filter(isSaid(main)).map(textOf),
    options: all(main, hasClass(isAdvised ? 'more' : 'question'))
      .flatMap((part) => all(part, (element) => element.tag === 'button'))
      .map(textOf),
    told: all(main, (element) => element.tag === 'dl').flatMap(seeTold),
    forms: all(root, (element) => element.tag === 'form').map(seeForm),
    links: all(root, (element) => element.tag === 'a').map((each) => ({
      url: each.attributes.href ?? '',
      label: textOf(each),
    })),
    text: textOf(root),
  }
}

function seeForm(form: Element): Form {
  const inputs = all(form, ({ tag, attributes }) => tag === 'input' && attributes.type === 'hidden')
  return {
    action: form.attributes.action ?? '',
    method: form.attributes.method ?? '',
    hidden: Object.fromEntries(
      inputs.map(({ attributes }) => [attributes.name ?? '', attributes.value ?? '']),
    ),
    buttons: all(form, ({ tag }) => tag === 'button').map((button) => ({
      name: button.attributes.name ?? '',
      value: button.attributes.value ?? '',
      label: textOf(button),
    })),
    fields: all(form, ({ tag }) => tag === 'textarea').map(({ attributes }) => attributes.name ?? ''),
  }
}

function seeTold(list: Element): PageSeen['told'] {
  return all(list, ({ tag }) => tag === 'div').map((row) => {
    const [question, answer] = all(row, ({ tag }) => tag === 'dt' || tag === 'dd').map(textOf)
    const [button] = all(row, ({ tag }) => tag === 'button')
    return { question: question ?? '', answer: answer ?? '', slot: button?.attributes.value ?? '' }
  })
}

const isBlock = ({ tag }: Element) => ['p', 'li', 'h1', 'h2'].includes(tag)

/** What the replies say; not the words around them, nor links that repeat them. */
function isSaid(main: Element): (block: Element) => boolean {
  const said = ['said', 'notice', 'question', 'advice'].flatMap((name) => all(main, hasClass(name)))
  const blocks = new Set(said.flatMap((part) => (isBlock(part) ? [part] : all(part, isBlock))))
  return (block) => blocks.has(block) && !['made', 'link', 'large'].includes(block.attributes.class ?? '')
}

function hasClass(name: string): (element: Element) => boolean {
  return ({ attributes }) => (attributes.class ?? '').split(' ').includes(name)
}

function all(node: Node, wanted: (element: Element) => boolean): Element[] {
  if (typeof node === 'string') return []
  return node.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(wanted(child) ? [child] : []), ...all(child, wanted)],
  )
}

function only(node: Node, wanted: (element: Element) => boolean): Element {
  const [found, ...others] = all(node, wanted)
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} elements, and not one`)
  return found
}

function textOf(node: Node): string {
  return rawText(node).replace(/\s+/g, ' ').trim()
}

function rawText(node: Node): string {
  return typeof node === 'string' ? node : node.children.map(rawText).join('')
}

function parse(markup: string): Element {
  const root: Element = { tag: 'root', attributes: {}, children: [] }
  const open = [root]
  for (const [, tag = '', attributes = '', text] of markup.matchAll(
    /<([^<>\s]+)((?:[^<>"]|"[^"]*")*)>|([^<]+)/g,
  )) {
    const parent = open.at(-1) ?? root
    if (text !== undefined) parent.children.push(decode(text))
    else if (tag.startsWith('/')) {
      if (open.pop()?.tag !== tag.slice(1)) throw new Error(`</${tag.slice(1)}> closes something else`)
    } else {
      const element: Element = { tag: tag.toLowerCase(), attributes: attributesIn(attributes), children: [] }
      parent.children.push(element)
      if (!single.has(element.tag)) open.push(element)
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.tag}> is not closed`)
  return root
}

function attributesIn(text: string): Record<string, string> {
  if (/=(?!")/.test(text.replace(/"[^"]*"/g, '""'))) throw new Error(`an attribute without quotes: ${text}`)
  const found = text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, decode(value)]))
}

function decode(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
}
