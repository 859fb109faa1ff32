const mostBetween = 5_000

/**
 * Three times Shift, alone and soon one after another, as on the pages of GOV.UK: a way out that needs no aim. Gives a
 * function that is told of every key, and acts at the third.
 */
export function onThreeShifts(act: () => void): (event: KeyboardEvent) => void {
  let times: readonly number[] = []
  return ({ key, timeStamp, repeat }) => {
    if (repeat) return
    times = key === 'Shift' ? [...times.filter((time) => timeStamp - time < mostBetween), timeStamp] : []
    if (times.length < 3) return
    times = []
    act()
  }
}
