import Eval
import Testing

@Test func aSizeIsTold() throws {
  #expect(Point.self == Point.self)
}
