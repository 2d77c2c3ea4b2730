// The sentences of the scripts, in the reader's language. The server puts them into the page; see `web/words.py`.

let sentences = null;

function load() {
  const element = document.getElementById("noaber-words");
  return element ? JSON.parse(element.textContent) : {};
}

/** The sentence `name`, its `%(key)s` and `%(key)02d` filled in. */
export function say(name, values = {}) {
  sentences ??= load();
  return fill(sentences[name] ?? name, values);
}

export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)(0?)(\d*)[sd]/g, (_all, key, zero, width) => {
    const text = String(values[key] ?? "");
    return zero ? text.padStart(Number(width), "0") : text;
  });
}
