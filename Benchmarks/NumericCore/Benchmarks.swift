import Measuring

let benchmarks: @Sendable () -> Void = {
  beginBenchmarks()
  measureProducts()
  measureOperations()
  measureOptimization()
  measureRandom()
  measureInference()
  measureSteps()
}
