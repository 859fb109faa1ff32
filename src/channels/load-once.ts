/** What takes time to load and is not needed to start: loaded at the first call, and the same thing ever after. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load()
    return loading
  }
}
