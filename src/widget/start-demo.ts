/** The button that copies the snippet. Without it the line can be selected by hand. */
const copy = document.getElementById('copy')
const snippet = document.getElementById('snippet')

copy?.addEventListener('click', async () => {
  await navigator.clipboard.writeText(snippet?.textContent ?? '')
  const said = document.getElementById('copied')
  if (said !== null) said.textContent = said.dataset.said ?? ''
})
