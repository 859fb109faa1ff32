export type Reader = {
  readonly canSpeak: boolean
  /** Reads a text in its language; `onEnd` is called when it ends or is stopped. */
  speak(text: string, locale: string, onEnd: () => void): void
  stop(): void
}

/** The voice of the browser, if it has one. */
export function createReader(): Reader {
  const voice = typeof speechSynthesis === 'undefined' ? undefined : speechSynthesis
  let current = 0
  return {
    canSpeak: voice !== undefined,
    speak(text, locale, onEnd) {
      if (voice === undefined) return
      voice.cancel()
      current += 1
      const own = current
      const utterance = new SpeechSynthesisUtterance(text)
      utterance.lang = locale
      // A reading that was cut off by another one ends later than that one begins.
      utterance.onend = () => own === current && onEnd()
      utterance.onerror = utterance.onend
      voice.speak(utterance)
    },
    stop() {
      current += 1
      voice?.cancel()
    },
  }
}
