"""Scrapy spiders, one per way of getting pages. They fetch, hand over, and decide nothing.

``Watch`` keeps them open for ever; ``scrapy crawl`` runs one by hand.
"""
