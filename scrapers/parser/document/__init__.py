"""A captured page as something to read from: its text, its tree, its data, its hour."""

from scrapers.parser.document.document import Document, Media, document_of

__all__ = ["Document", "Media", "document_of"]
