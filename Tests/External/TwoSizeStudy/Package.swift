// swift-tools-version: 6.1
import PackageDescription

// What somebody else's package looks like that runs a study; Tools/test-external builds and runs it.
let package = Package(
  name: "TwoSizeStudy",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Likeness", path: "../../..")],
  targets: [
    .executableTarget(
      name: "TwoSizeStudy",
      dependencies: [
        .product(name: "Eval", package: "Likeness"), .product(name: "Study", package: "Likeness"),
        .product(name: "Tables", package: "Likeness"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
