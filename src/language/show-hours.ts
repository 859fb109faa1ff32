import type { TFunction } from 'i18next'

type Day = 'Mo' | 'Tu' | 'We' | 'Th' | 'Fr' | 'Sa' | 'Su'

/**
 * Opening hours in words: `Mo-Th 16:00-20:00; Fr 15:00-17:00`. What is not of that simple form is left out: no hours
 * are better than wrong ones.
 */
export function showHours(hours: string, t: TFunction): string {
  if (hours === '24/7') return t('contact.always')
  const rules = hours.split(';').map((rule) => showRule(rule.trim(), t))
  return rules.some((rule) => rule === undefined) ? '' : rules.join(', ')
}

function showRule(rule: string, t: TFunction): string | undefined {
  const match = /^(?:(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))? )?(\d\d:\d\d)-(\d\d:\d\d)$/.exec(rule)
  if (!match) return undefined
  const [, first, last, from = '', to = ''] = match
  const times = { from: showTime(from), to: showTime(to) }
  if (!first) return t('hours.times', times)
  const nameOf = (day: string) => t(`hours.day.${day as Day}`)
  const days = last ? t('hours.days', { from: nameOf(first), to: nameOf(last) }) : nameOf(first)
  return t('hours.at', { days, ...times })
}

function showTime(time: string): string {
  return time.replace(/^0/, '').replace(':', '.')
}
