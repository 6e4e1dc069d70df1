// swift-tools-version: 6.1
import PackageDescription

// Homebrew's XGBoost has a pkg-config file, Debian's has none and needs none.
#if os(macOS)
  let xgboostPkgConfig: String? = "xgboost"
#else
  let xgboostPkgConfig: String? = nil
#endif

let package = Package(
  name: "Likeness",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "NN", targets: ["NN"]),
    .library(name: "Tables", targets: ["Tables"]),
    .library(name: "Synth", targets: ["Synth"]),
    .library(name: "Eval", targets: ["Eval"]),
    .library(name: "Study", targets: ["Study"]),
    .executable(name: "likeness", targets: ["likeness"]),
    .executable(name: "bench", targets: ["bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    // MARK: Public API, one direction: NN <- Synth, Eval; Tables <- Synth, Eval; Synth, Eval <- Study <- likeness, bench
    .target(name: "NN", dependencies: ["CBLASShim", "CKernels", "Hashing"]),
    .target(name: "Tables", dependencies: ["CZlib", "Hashing"]),
    .target(name: "Synth", dependencies: ["Hashing", "NN", "Tables", "CZlib"]),
    .target(name: "Eval", dependencies: ["Hashing", "NN", "Tables", "CXGBoost"]),
    .target(name: "Study", dependencies: ["Eval", "NN", "Synth", "Tables"]),

    // MARK: Programs
    .target(
      name: "CommandSupport",
      dependencies: [
        "Eval", "NN", "Synth", "Tables",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "likeness",
      dependencies: [
        "CommandSupport", "Eval", "Study", "Synth", "Tables",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "bench",
      dependencies: [
        "CommandSupport", "Eval", "NN", "Study", "Synth", "Tables",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // MARK: Implementation details
    .target(name: "Hashing"),
    .systemLibrary(
      name: "CBLASShim", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CXGBoost", pkgConfig: xgboostPkgConfig,
      providers: [.apt(["libxgboost-dev"]), .brew(["xgboost"])]),
    .target(name: "CKernels"),

    // MARK: Tests
    .target(name: "TestSupport", dependencies: ["Hashing"], path: "Tests/TestSupport"),
    .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"]),
    .testTarget(name: "NNTests", dependencies: ["NN", "CKernels", "TestSupport"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables", "TestSupport"]),
    .testTarget(name: "SynthTests", dependencies: ["NN", "Synth", "Tables", "TestSupport"]),
    .testTarget(name: "EvalTests", dependencies: ["Eval", "NN", "Tables", "TestSupport"]),
    .testTarget(
      name: "StudyTests", dependencies: ["Eval", "NN", "Study", "Synth", "Tables", "TestSupport"]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["bench", "likeness", "Study", "Synth", "Tables", "TestSupport"]),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CommandSupport", "Eval", "NN", "Study", "Synth", "Tables",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Tests/Fuzz"),
  ],
  swiftLanguageModes: [.v6]
)
