"""The bytes: originals as delivered, thumbnails beside them."""
