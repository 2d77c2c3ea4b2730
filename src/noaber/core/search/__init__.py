"""Words as search knows them: folded, stemmed in four languages, the same on every database."""
