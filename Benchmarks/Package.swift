// swift-tools-version: 6.1
import PackageDescription

let likeness = ["NN", "Synth", "Tables"].map {
  Target.Dependency.product(name: $0, package: "Likeness")
}
let benchmark = Target.Dependency.product(name: "Benchmark", package: "benchmark")
let runner = Target.PluginUsage.plugin(name: "BenchmarkPlugin", package: "benchmark")

let package = Package(
  name: "LikenessBenchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "Likeness", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    // MARK: Run by the package's plugin, which wants them right under a folder called Benchmarks
    .executableTarget(
      name: "NumericCore", dependencies: likeness + [benchmark, "Measuring", "Support"],
      path: "NumericCore",
      plugins: [runner]),
    .executableTarget(
      name: "Pipeline", dependencies: likeness + [benchmark, "Measuring", "Support"],
      path: "Pipeline",
      plugins: [runner]),

    // MARK: Programs
    .executableTarget(
      name: "allocations", dependencies: likeness + ["Support", "AllocationCounter"],
      path: "Allocations"),
    .executableTarget(
      name: "readers", dependencies: likeness + ["Support"], path: "Readers"),

    // MARK: What they share
    .target(name: "Measuring", dependencies: [benchmark, "Support"], path: "Measuring"),
    .target(name: "Support", dependencies: likeness, path: "Support"),
    .target(name: "AllocationCounter", path: "AllocationCounter"),
  ],
  swiftLanguageModes: [.v6]
)
