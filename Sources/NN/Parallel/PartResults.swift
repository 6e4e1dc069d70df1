/// Places for what the parts of a job give: each part writes to places of its own, without a lock.
public final class PartResults<Element>: @unchecked Sendable {
  public let count: Int
  private let memory: UnsafeMutablePointer<Element>

  /// `count` places that hold `element` at first.
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

  /// The content of a place. Two threads may not use one place at once.
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
  /// The sum of all places, from the first to the last.
  public var sum: Double { (0..<count).reduce(0) { $0 + self[$1] } }
}
