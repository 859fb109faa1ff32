type WidgetFile = typeof import('../../locales/nl/widget.json', { with: { 'resolution-mode': 'import' }})

/** The fixed words of the chat in one language. Those of the button and the demonstration page stay on the server. */
export type ChatWords = Omit<WidgetFile, 'loader' | 'demo'>

/** Puts values in a text with places such as `{{count}}`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (place, name: string) => String(values[name] ?? place))
}
