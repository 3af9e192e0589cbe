import pytest

from server.errors import ProviderError
from server.providers.images import delivery
from tests.contract.paint import b64, picture

FORMS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_picture_is_known_by_its_bytes(form):
    assert delivery.picture(picture("fox", 1, 64, 64, form)).media_type == FORMS[form]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_part_of_a_picture_is_refused(form, kept):
    data = picture("fox", 1, 256, 256, form)
    with pytest.raises(ProviderError, match="part"):
        delivery.picture(data[: int(len(data) * kept)])


@pytest.mark.parametrize("form", FORMS)
def test_what_follows_a_whole_picture_does_not_matter(form):
    assert delivery.picture(picture("fox", 1, 64, 64, form) + bytes(16))


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(50), b"BM"])
def test_anything_else_is_no_picture(data):
    with pytest.raises(ProviderError, match="not a picture"):
        delivery.picture(data)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"RIFF", b"RIFF\xff\xff\xff\xffWEBP", b"\xff\xd8\xff"])
def test_a_mere_beginning_is_refused(data):
    with pytest.raises(ProviderError):
        delivery.picture(data)


def test_a_png_whose_chunk_claims_four_gigabytes_is_refused():
    with pytest.raises(ProviderError):
        delivery.picture(b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIHDR" + bytes(100))


@pytest.mark.parametrize("text", [None, 7, "!!!", "abc", "data:image/png;base64,*"])
def test_damaged_base64_is_refused(text):
    with pytest.raises(ProviderError):
        delivery.decoded(text)


def test_base64_may_be_folded_and_announced():
    folded = "\n".join(b64(b"fox" * 40)[start : start + 76] for start in range(0, 160, 76))
    assert delivery.decoded("data:image/png;base64," + folded) == b"fox" * 40


@pytest.mark.parametrize("text", [None, "abc", b64(b"no picture"), "A" * (13 * 1024 * 1024)])
def test_a_bad_preview_is_no_preview(text):
    assert delivery.preview(text) is None


@pytest.mark.parametrize("said", [None, "7", -1, 2**63, True, 1.5])
def test_a_senseless_seed_is_the_one_we_asked_for(said):
    assert delivery.seed(said, 42) == 42
