/// Results of the parts of a job: each part writes only its own elements, without a lock.
public final class PartResults<Element>: @unchecked Sendable {
  public let count: Int
  private let memory: UnsafeMutablePointer<Element>

  /// `count` results that start as `element`.
  public init(repeating element: Element, count: Int) {
    precondition(count >= 0, "\(count) places cannot be")
    self.count = count
    memory = .allocate(capacity: max(1, count))
    memory.initialize(repeating: element, count: count)
  }

  deinit {
    memory.deinitialize(count: count)
    memory.deallocate()
  }

  /// The result at an index. Two threads must not use the same index at the same time.
  public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "place \(index) is outside 0..<\(count)")
      return memory[index]
    }
    set {
      precondition(index >= 0 && index < count, "place \(index) is outside 0..<\(count)")
      memory[index] = newValue
    }
  }
}

extension PartResults where Element == Double {
  /// The sum of all results, from the first to the last.
  public var sum: Double { (0..<count).reduce(0) { $0 + self[$1] } }
}
