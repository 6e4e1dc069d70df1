import Foundation
import NN
import Tables

extension Generator {
  /// Writes the model file: safetensors layout, weights as `F32`, everything else as JSON in `__metadata__`.
  ///
  /// The file is written under a temporary name and renamed when it is complete.
  ///
  /// - Throws: `TableError` where the file cannot be written.
  public func write(to path: String) throws {
    let description = ModelDescription(
      version: ModelDescription.currentVersion, rowCount: rowCount, fields: fields,
      columns: columns,
      plan: plan, rows: report.rows, conditionals: report.conditionals,
      stopReason: report.stopReason,
      parents: prior.parents, rules: rules.isEmpty ? nil : rules, accuracy: report.accuracy)
    var tensors = [values, drawingBiases.arena, prior.values].flatMap {
      $0.layout.parameters.map($0.tensor)
    }
    if let conditionalValues {
      tensors += network.conditionalParameters.map(conditionalValues.tensor)
    }
    try SafeTensors(tensors: tensors, format: .model, description: description).write(to: path)
  }

  /// Reads a model file.
  ///
  /// - Throws: `TableError` if there is no file to read, ``SynthError/notAModel(path:)``,
  ///   ``SynthError/unfinished(checkpoint:)`` and ``SynthError/modelFile(path:reason:)`` where it is not a whole model.
  public init(contentsOf path: String) throws {
    do {
      guard let file = try SafeTensors(contentsOf: path) else {
        throw SynthError.notAModel(path: path)
      }
      if file.format == .checkpoint { throw SynthError.unfinished(checkpoint: path) }
      try self.init(file)
    } catch let malformed as SafeTensors.Malformed {
      throw SynthError.modelFile(path: path, reason: malformed.reason)
    }
  }

  private init(_ file: SafeTensors) throws {
    let description: ModelDescription = try file.description(
      of: .model, version: ModelDescription.currentVersion)
    guard description.isConsistent else {
      throw SafeTensors.Malformed(reason: "The model's description contradicts itself.")
    }
    let network = Network(description.plan, columns: description.columns)
    let layouts = [
      network.layout, CodeValues.layout(network),
      PairPrior.layout(
        parents: description.parents, vocabularySizes: network.vocabularySizes),
    ]
    let conditionalParameters =
      description.conditionals == nil ? [] : network.conditionalParameters
    // Before any memory is allocated: a small description can describe a large network.
    let tensors = try file.tensors(of: layouts.flatMap(\.parameters) + conditionalParameters)
    let values = ParameterArena(network.layout)
    let calibration = CodeValues(network)
    let prior = PairPrior(
      parents: description.parents, vocabularySizes: network.vocabularySizes)
    for arena in [values, calibration.arena, prior.values] {
      for parameter in arena.layout.parameters {
        arena[parameter].assign(tensors[parameter.name]!.elements)
      }
    }
    let conditionalValues = description.conditionals.map { _ in ParameterArena(network.layout) }
    for parameter in conditionalParameters {
      conditionalValues?[parameter].assign(tensors[parameter.name]!.elements)
    }
    self.init(
      rowCount: description.rowCount,
      report: TrainingReport(
        rows: description.rows, conditionals: description.conditionals,
        stopReason: description.stopReason,
        accuracy: description.accuracy),
      precision: description.plan.precision,
      fields: description.fields, columns: description.columns, plan: description.plan,
      network: network, values: values, conditionalValues: conditionalValues,
      prior: prior, rules: description.rules ?? [])
    self.calibration = calibration
  }
}

extension Network {
  /// The parameters by the names that they have among the weights that answer conditionals.
  fileprivate var conditionalParameters: [Parameter] {
    layout.parameters.map { $0.renamed("conditional." + $0.name) }
  }
}

extension ParameterArena {
  fileprivate func tensor(of parameter: Parameter) -> SafeTensors.Tensor {
    SafeTensors.Tensor(
      name: parameter.name, shape: [parameter.rows, parameter.columns],
      elements: self[parameter].elements)
  }
}

extension SafeTensors {
  /// The tensors of a model by name: those of its parameters, and no others.
  ///
  /// - Throws: ``Malformed`` where one is missing, misshapen or not finite.
  fileprivate func tensors(of parameters: [Parameter]) throws -> [String: Tensor] {
    guard parameters.count == tensors.count else {
      throw Malformed(reason: "The tensors are not those of the model.")
    }
    let byName = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
    for parameter in parameters {
      guard let tensor = byName[parameter.name],
        tensor.shape == [parameter.rows, parameter.columns]
      else {
        throw Malformed(reason: "Tensor '\(parameter.name)' is missing or misshapen.")
      }
      guard tensor.elements.allSatisfy(\.isFinite) else {
        throw Malformed(reason: "Tensor '\(parameter.name)' has a value that is not a number.")
      }
    }
    return byName
  }
}
