// swift-tools-version: 6.1
import PackageDescription

// What somebody else's package looks like; Tools/test-external builds and runs its programs.
let package = Package(
  name: "External",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Likeness", path: "../..")],
  targets: [
    // Trains on rows of its own and draws into them.
    .executableTarget(
      name: "StructTable",
      dependencies: [
        .product(name: "Synth", package: "Likeness"), .product(name: "Tables", package: "Likeness"),
      ]),
    // Runs a study of two sizes.
    .executableTarget(
      name: "TwoSizeStudy",
      dependencies: [
        .product(name: "Eval", package: "Likeness"), .product(name: "Study", package: "Likeness"),
        .product(name: "Tables", package: "Likeness"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
