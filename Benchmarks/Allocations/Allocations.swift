import AllocationCounter
import Foundation
import Support
import Synth
import Tables

/// Counts what training allocates in steps after the first. Likeness itself should allocate nothing; a BLAS may, inside its
/// products.
///
/// A program of its own, because it replaces malloc.
@main
struct Allocations {
  static func main() async throws {
    refuseDebugBuild()
    guard likeness_count_allocations() == 1 else {
      print("Allocations are counted where the C library is glibc only.")
      return
    }
    print(Machine.current.record)
    let layers = layerSteps(50)
    print("layers on a tape: \(layers.perStep)")
    print("Generator.train: \(try await trainingSteps().perStep)")
    if layers.blocks > layers.blasBlocks { exit(1) }
  }

  /// What a loop of steps through the public layers allocates once three rounds have made all memory.
  private static func layerSteps(_ count: Int) -> Allocated {
    let model = StepModel()
    for _ in 0..<3 { _ = model.train() }
    let before = likeness_allocations_so_far()
    var loss: Float = 0
    for _ in 0..<count { loss = model.train() }
    let after = likeness_allocations_so_far()
    precondition(loss.isFinite, "the loss is not a number")
    return Allocated(from: before, to: after, steps: count)
  }

  /// What two more epochs of a whole run allocate, records of epochs and reports of progress included.
  private static func trainingSteps() async throws -> Allocated {
    let table = sampleTable(rowCount: 6_000)
    _ = try await allocatedTraining(on: table, epochs: 1)
    let short = try await allocatedTraining(on: table, epochs: 1)
    return try await allocatedTraining(on: table, epochs: 3).less(short)
  }

  private static func allocatedTraining(on table: Table, epochs: Int) async throws -> Allocated {
    let batchSize = 128
    let before = likeness_allocations_so_far()
    let generator = try await Generator.train(
      on: table,
      options: TrainingOptions(epochs: epochs, batchSize: batchSize, threadCount: 1))
    let after = likeness_allocations_so_far()
    let summary = generator.summary
    precondition(summary.history.count == epochs, "training ended early")
    let stepsPerEpoch = (summary.rows - summary.heldOutRows + batchSize - 1) / batchSize
    return Allocated(from: before, to: after, steps: epochs * stepsPerEpoch)
  }
}

/// Allocations over some steps.
struct Allocated {
  var blocks: Int
  var bytes: Int
  /// Those of the blocks that the BLAS asked for.
  var blasBlocks: Int
  var steps: Int

  init(from before: likeness_allocations, to after: likeness_allocations, steps: Int) {
    blocks = after.blocks - before.blocks
    bytes = after.bytes - before.bytes
    blasBlocks = after.blas_blocks - before.blas_blocks
    self.steps = steps
  }

  /// What is left of these without those of a shorter run.
  func less(_ other: Allocated) -> Allocated {
    var rest = self
    rest.blocks -= other.blocks
    rest.bytes -= other.bytes
    rest.blasBlocks -= other.blasBlocks
    rest.steps -= other.steps
    return rest
  }

  var perStep: String {
    func average(_ count: Int) -> String {
      String(format: "%.2f", Double(count) / Double(steps))
    }
    return
      "\(average(blocks - blasBlocks)) blocks per step by Likeness, \(average(blasBlocks)) by the "
      + "BLAS, \(average(bytes)) bytes in all, over \(steps) steps"
  }
}
