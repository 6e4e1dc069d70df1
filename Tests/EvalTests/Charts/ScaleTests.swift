import Eval
import Testing

@Suite struct ScaleTests {
  @Test func linearPositionsAreProportional() {
    let scale = Scale(Axis(from: 10, to: 20), from: 100, to: 0)
    #expect(scale.position(10) == 100)
    #expect(scale.position(15) == 50)
    #expect(scale.position(20) == 0)
  }

  @Test func logarithmicPositionsAreProportionalToTheLogarithm() {
    let scale = Scale(Axis(.logarithmic, from: 100, to: 10_000), from: 0, to: 200)
    #expect(abs(scale.position(1_000) - 100) < 1e-12)
    #expect(abs(scale.position(200) - 30.1029995) < 1e-6)
  }

  @Test func whatLiesBeyondTheAxisLiesOnItsEnd() {
    let scale = Scale(Axis(from: 0, to: 1), from: 20, to: 120)
    #expect(scale.position(-5) == 20)
    #expect(scale.position(7) == 120)
    #expect(scale.position(.nan) == 20)
    #expect(scale.position(.infinity) == 120)
    let logarithmic = Scale(Axis(.logarithmic, from: 1, to: 10), from: 0, to: 1)
    #expect(logarithmic.position(0) == 0)
    #expect(logarithmic.position(-3) == 0)
  }

  @Test func anAxisThatCannotBeShownIsWidened() {
    #expect(Axis(from: 7, to: 7).domain == 6.5...7.5)
    #expect(Axis(from: 200, to: 200).domain == 190...210)
    #expect(Axis(from: 3, to: 1).domain == 1...3)
    #expect(Axis(from: .nan, to: .infinity).domain == 0...1)
    #expect(Axis(.logarithmic, from: 0, to: 1_000).domain == 1...1_000)
    #expect(Axis(.logarithmic, from: -5, to: -1).domain == 0.1...1)
    #expect(Axis(.logarithmic, from: 8, to: 8).domain == 4...16)
    #expect(Axis(.logarithmic, over: [0, 5, .nan, 50]).domain == 5...50)
    #expect(Axis(over: []).domain == 0...1)
  }

  @Test func extremesDoNotOverflow() {
    let axis = Axis(from: -.greatestFiniteMagnitude, to: .greatestFiniteMagnitude)
    #expect(Scale(axis, from: 0, to: 100).position(0) == 50)
    #expect(axis.ticks(atMost: 5).count <= 5)
  }

  @Test func labelsSayPercent() {
    #expect(Axis(from: 0, to: 1, labels: .percent).label(0.25) == "25\u{A0}%")
    #expect(Axis(from: 0, to: 1).label(0.25) == "0.25")
    #expect(Axis(from: 0, to: 1, labels: .percent).description(of: 0.12345) == "12.3\u{A0}%")
  }
}
