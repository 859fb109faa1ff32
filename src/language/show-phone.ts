/** Area codes of two digits; all others have three. */
const shortAreaCodes = [
  '10',
  '13',
  '15',
  '20',
  '23',
  '24',
  '26',
  '30',
  '33',
  '35',
  '36',
  '38',
  '40',
  '43',
  '45',
  '46',
  '50',
  '53',
  '55',
  '58',
  '70',
  '71',
  '72',
  '73',
  '74',
  '75',
  '76',
  '77',
  '78',
  '79',
]

/** A telephone number as Dutch people write it: +31885551000 is 088 555 1000. Short numbers stay as they are. */
export function showPhone(number: string): string {
  if (!number.startsWith('+31')) return number
  const rest = number.slice(3)
  if (/^[89]00/.test(rest)) return `0${rest.slice(0, 3)}-${rest.slice(3)}`
  if (rest.startsWith('6')) return `06 ${rest.slice(1, 5)} ${rest.slice(5)}`
  const length = /^8/.test(rest) || shortAreaCodes.includes(rest.slice(0, 2)) ? 2 : 3
  const local = rest.slice(length)
  const split = local.length - 4
  return `0${rest.slice(0, length)} ${local.slice(0, split)} ${local.slice(split)}`
}
