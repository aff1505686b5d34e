"""Scrapy's settings: good manners by default. A run's own settings come as one JSON argument or with -s."""

BOT_NAME = "mediagap"
SPIDER_MODULES = ["crawlers.spiders"]
TELNETCONSOLE_ENABLED = False
LOG_LEVEL = "WARNING"

USER_AGENT = "mediagap/0.1 (counts coverage of regional agreements; set crawl.contact in the settings)"
COOKIES_ENABLED = False
CONCURRENT_REQUESTS = 32
CONCURRENT_ITEMS = 1  # Scrapy starts so many tasks for each answer, and there are no items
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # the slot is host and port: one request at a time per outlet
DOWNLOAD_DELAY = 0.5
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 20_000_000
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # neither 429 nor 503: those ask to be left alone
REDIRECT_MAX_TIMES = 5
HTTPERROR_ALLOW_ALL = True  # each answer is an outcome for the ledger, none a failure inside Scrapy

# robots.txt is obeyed by a middleware of ours, whatever ROBOTSTXT_OBEY says
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawlers.hosts.OnlyPublicHosts": 50,
    "crawlers.robots.RobotsOrNothing": 100,
    "crawlers.robots.RetryAllButRobots": 550,
    "crawlers.hosts.OnlyPublicAddresses": 760,
    "crawlers.manners.OnePerHost": 770,
    "crawlers.manners.ObeysRetryAfter": 780,  # behind the queue: what waits in it must hear of a refusal
}

# Ours. The database and the folder of sources default to what a checkout has.
MEDIAGAP_DB = "mediagap.db"
MEDIAGAP_SOURCES = ""
MEDIAGAP_OUTLETS = ""  # comma-separated ids; empty: all
MEDIAGAP_ONLY = ""  # comma-separated ids of sources of these outlets; empty: all
MEDIAGAP_PROFILE = "strictest"  # country of the machine: what is restricted there is not fetched
MEDIAGAP_COUNTRY = ""  # from which sites see the crawl come: kept in the ledger
MEDIAGAP_BACK_TO = ""  # a day: sitemaps and WordPress listings are read back to it
MEDIAGAP_MAX_PAGES = 200  # article pages per outlet and run; what is left stays pending
MEDIAGAP_LOOPBACK_PORTS = ""  # ports of 127.0.0.1 that may be fetched: the demo's press
MEDIAGAP_NOW = ""  # the moment that a run counts as its beginning
MEDIAGAP_PROBES = ""  # JSON: what to look at once instead of crawling
MEDIAGAP_SINGLE = ""  # JSON: an article page to fetch instead of crawling
