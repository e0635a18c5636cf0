"""Files of one token a line."""


def columns(path):
    """Sentences of (token, tag) of a file with one token a line."""
    found, sentence = [], []
    with open(path, encoding="utf-8") as f:
        for line in f:
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 2 or not line.strip():
                if sentence:
                    found.append(sentence)
                sentence = []
            elif cells[0].strip():
                sentence.append((cells[0].strip(), cells[-1].strip()))
    return found + ([sentence] if sentence else [])
