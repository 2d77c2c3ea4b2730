"""Words of the four languages that stand in every text, folded: asking for them would ask nothing."""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
aan als bij dat de deze die dit door een en er het hij hun ik in is je kan met na naar niet of om ook op over te
tot uit van voor was wat we wie wij worden wordt ze zijn zonder
au aux avec ce ces cette d dans de des du elle en est et il ils l la le les leur mais ne nous ou par pas pour qu
que qui s sa se ses son sont sur un une vers
als am an auch auf aus bei bis das dem den der des die durch ein eine einem einen einer es fur hat im in ist mit
nach nicht oder sich sie sind um und vom von war werden wie wir wird zu zum zur
a an and are as at be by for from has he in is it its of on or that the their this to was were which will with
"""

COMMON_WORDS: Final = frozenset(_WORDS.split())
