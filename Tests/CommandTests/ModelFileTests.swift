import Foundation
import TestSupport
import Testing

@Suite struct ModelFileTests {
  private static let remedy = "Train the model again, or copy the file again"

  @Test func modelsCutShortAreRefused() async throws {
    let trained = try await TrainedModel()
    let whole = try #require(FileManager.default.contents(atPath: trained.model))
    let lengths =
      [0, 1, 7, 8, 9, 100] + (1...8).map { whole.count * $0 / 9 }
      + [whole.count - 4, whole.count - 1]
    for length in lengths {
      try await expectRefusal(Data(whole.prefix(length)), "cut to \(length) bytes")
    }
  }

  @Test func modelsOfWrongLengthFieldsAreRefused() async throws {
    let trained = try await TrainedModel()
    let whole = try #require(FileManager.default.contents(atPath: trained.model))
    for length in [0, 1, UInt64(whole.count), 1 << 32, 1 << 63, .max] {
      var changed = whole
      withUnsafeBytes(of: length.littleEndian) { changed.replaceSubrange(0..<8, with: $0) }
      try await expectRefusal(changed, "header of \(length) bytes")
    }
  }

  @Test func flippedBytesAreRefused() async throws {
    let trained = try await TrainedModel()
    let whole = try #require(FileManager.default.contents(atPath: trained.model))
    let headerLength = whole.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let places = (0..<12).map { 8 + headerLength + $0 * (whole.count - 9 - headerLength) / 11 }
    for place in places {
      var changed = whole
      changed[place] ^= 1
      try await expectRefusal(changed, "byte \(place)")
    }
  }

  @Test func otherFilesAreRefused() async throws {
    let empty = #"{"__metadata__":{"format":"pt"}}"#
    let header = withUnsafeBytes(of: UInt64(empty.utf8.count).littleEndian) { Data($0) }
    let notAModel = "is not a model. Give a file that training has written."
    try await expectRefusal(
      Data(People.csv(rowCount: 300).utf8), "a table", separator: " ", saying: notAModel)
    try await expectRefusal(
      Data(repeating: 0, count: 1_000), "zeros", separator: " ", saying: notAModel)
    try await expectRefusal(Data("{}".utf8), "braces")
    try await expectRefusal(header + Data(empty.utf8), "tensors of another program")
  }

  /// Expects that both commands which read models refuse one.
  private func expectRefusal(
    _ bytes: Data, _ comment: Comment, separator: String = ": ",
    saying reason: String = ModelFileTests.remedy
  ) async throws {
    let folder = TemporaryFolder()
    let path = folder.file("model.likeness", "")
    try bytes.write(to: URL(fileURLWithPath: path))
    let output = folder.file("drawn.csv")
    for arguments in [["inspect", path], ["generate", path, "--rows", "1", "-o", output]] {
      let outcome = try await Run(Likeness.path, arguments).outcome()
      #expect(outcome.status == 1, comment)
      expectFailure(outcome, naming: path + separator, saying: reason)
    }
    #expect(folder.contents == ["model.likeness"], comment)
  }
}
