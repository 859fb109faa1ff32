/** Three times Shift, alone and soon one after another, as on the pages of GOV.UK: a way out that needs no aim. */
export function onThreeShifts(target: Document, act: () => void): void {
  let times: readonly number[] = []
  target.addEventListener('keydown', ({ key, timeStamp, repeat }) => {
    if (repeat) return
    times = key === 'Shift' ? [...times.filter((time) => timeStamp - time < 5_000), timeStamp] : []
    if (times.length < 3) return
    times = []
    act()
  })
}
