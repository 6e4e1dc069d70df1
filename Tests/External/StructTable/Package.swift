// swift-tools-version: 6.1
import PackageDescription

// What somebody else's package looks like that trains on its own rows and draws into them; Tools/test-external runs it.
let package = Package(
  name: "StructTable",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Likeness", path: "../../..")],
  targets: [
    .executableTarget(
      name: "StructTable",
      dependencies: [
        .product(name: "Synth", package: "Likeness"), .product(name: "Tables", package: "Likeness"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
