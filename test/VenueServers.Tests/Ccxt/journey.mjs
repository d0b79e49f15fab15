// Drives ccxt's Kraken client against a server: node journey.mjs ENDPOINT KEY SECRET. Prints one JSON object of what it saw.
import ccxt from 'ccxt';

const [endpoint, key, secret] = process.argv.slice(2);
const sockets = endpoint.replace('http', 'ws');
const symbol = 'BTC/USD';

class Kraken extends ccxt.pro.kraken {
  printed = 0;

  // ccxt switches checksums off, for its books hold numbers and the digits are of text. Everything else of its check is its own: which
  // levels, in which order, the CRC and the verdict. It prints price and quantity in turn.
  formatNumber(value) {
    const { pair_decimals: price, lot_decimals: quantity } = this.market(symbol).info;
    const decimals = this.printed++ % 2 === 0 ? price : quantity;
    return super.formatNumber(value.toFixed(Number(decimals)));
  }
}

const kraken = new Kraken({ apiKey: key, secret, enableRateLimit: false, options: { watchOrderBook: { checksum: true } } });
kraken.urls.api = {
  ...kraken.urls.api,
  public: endpoint,
  private: endpoint,
  ws: { public: sockets, private: sockets, publicV2: `${sockets}/v2`, privateV2: `${sockets}/v2/private` },
};

// ccxt wants this for any ws:// address.
await kraken.loadHttpProxyAgent();

const seen = {};
try {
  seen.markets = (await kraken.fetchMarkets()).length;
  const book = await kraken.fetchOrderBook(symbol, 10);
  seen.bids = book.bids.length;
  seen.isCrossed = book.bids[0][0] >= book.asks[0][0];
  seen.usd = (await kraken.fetchBalance()).USD;

  const price = Math.floor(book.bids[0][0] * 0.9);
  const { id } = await kraken.createOrder(symbol, 'limit', 'buy', 0.01, price);
  const order = await kraken.fetchOrder(id);
  seen.order = { status: order.status, side: order.side, price: order.price, amount: order.amount, filled: order.filled, isAsAsked: order.price === price };
  seen.open = (await kraken.fetchOpenOrders(symbol)).map((open) => open.id === id);
  seen.heldUsd = (await kraken.fetchBalance()).USD.used;
  await kraken.cancelOrder(id);
  seen.statusAfterCancel = (await kraken.fetchOrder(id)).status;
  seen.openAfterCancel = (await kraken.fetchOpenOrders(symbol)).length;

  const taken = await kraken.createOrder(symbol, 'market', 'buy', 0.01);
  const filled = await kraken.fetchOrder(taken.id);
  seen.taken = { status: filled.status, filled: filled.filled };
  seen.myTrades = (await kraken.fetchMyTrades(symbol)).length;

  // A book whose checksum is wrong rejects the watch. Each checksum covers twenty levels of two numbers.
  while (kraken.printed < 100 * 40) {
    await kraken.watchOrderBook(symbol, 10);
  }

  seen.verified = kraken.printed / 40;
  seen.watchedTrade = (await kraken.watchTrades(symbol))[0].symbol;
} catch (error) {
  seen.error = `${error.name}: ${error.message}`;
}

console.log(JSON.stringify(seen));
await kraken.close();
process.exit(seen.error === undefined ? 0 : 1);
