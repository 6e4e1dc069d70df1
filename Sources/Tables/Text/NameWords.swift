/// The words of a column's name in small letters: `customer_id`, `customerID` and `Customer Id` are `customer` and `id`.
func nameWords(_ name: String) -> [String] {
  var words: [String] = []
  var word = ""
  var isAfterSmallLetter = false
  for character in name {
    let isWord = character.isLetter || character.isNumber
    if !isWord || (character.isUppercase && isAfterSmallLetter) {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    if isWord { word += character.lowercased() }
    isAfterSmallLetter = character.isLowercase || character.isNumber
  }
  if !word.isEmpty { words.append(word) }
  return words
}
