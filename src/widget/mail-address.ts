/** Some programs for mail cut off, or refuse, an address that is longer. */
const longest = 1900

/** An address that opens a mail without a receiver; of a long text as many whole paragraphs as fit. */
export function mailAddress(subject: string, text: string): string {
  const paragraphs = text.split('\n\n')
  let body = ''
  for (const paragraph of paragraphs) {
    const longer = body === '' ? paragraph : `${body}\n\n${paragraph}`
    if (addressOf(subject, longer).length > longest) break
    body = longer
  }
  return addressOf(subject, body === '' ? text.slice(0, 300) : body)
}

function addressOf(subject: string, body: string): string {
  const lines = body.replace(/\n/g, '\r\n')
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`
}
