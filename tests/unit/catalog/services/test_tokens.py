"""Folding: what is quick gives what the whole rule gives."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from catalog.services.tokens import _clusters, _fold_cluster, fold, fold_with_origins

TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("数字化AbİßﬁｶﾞゞǺ①，：a\u0301中\u0300㍿")), max_size=40
)


@given(TEXTS)
def test_folding_is_the_folding_of_each_cluster(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    clusters = list(_clusters(normal))
    parts = [(start, _fold_cluster(cluster)) for start, cluster in clusters]
    folded = fold_with_origins(normal)
    assert folded.text == fold(text) == "".join(part for _, part in parts)
    assert tuple(folded.origins) == tuple(start for start, part in parts for _ in part)
