/// The number with the most zeros at its end in low + 1...high: a border between two values that is neither, where it can be.
package func roundest(above low: Int, through high: Int) -> Int {
  var (step, best) = (1, high)
  while step < 1 << 50 {
    step *= 10
    let (quotient, remainder) = high.quotientAndRemainder(dividingBy: step)
    let candidate = (remainder < 0 ? quotient - 1 : quotient) * step
    guard candidate > low else { break }
    best = candidate
  }
  return best
}
