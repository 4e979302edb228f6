/** Whether a text fits a pattern in which `*` stands for any letters and `?` for one. Takes no more than product time. */
export function wildcard(pattern: string, text: string): boolean {
  let at = 0
  let index = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    const letter = pattern[index]
    if (letter === '*') {
      star = index++
      resume = at
    } else if (letter !== undefined && (letter === '?' || letter === text[at])) {
      index++
      at++
    } else if (star === -1) return false
    else {
      index = star + 1
      at = ++resume
    }
  }
  return /^\**$/.test(pattern.slice(index))
}
