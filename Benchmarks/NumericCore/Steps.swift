import Measuring
import Support

/// Steps of training through the public layers, on one thread: forward, backward, optimiser.
func measureSteps() {
  for hiddenSize in [32, 64, 128] {
    measure("Training step of a shard of 32 rows, \(hiddenSize) hidden units", .rows) {
      let model = StepModel(hiddenSize: hiddenSize, batchSize: 32)
      var loss: Float = 0
      return Workload(
        amount: 32, callsPerSample: 5, run: { loss = model.train() },
        checksum: { Double(loss) })
    }
  }
}
