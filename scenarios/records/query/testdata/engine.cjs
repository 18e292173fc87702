// Runs queries on an engine that npm installs, or parses them:
//
//	node engine.cjs duckdb|clickhouse|parse < request.json > answers.json
//
// The request is a list of {sql, dialect}. The answers are what each query returns, as
// rows of texts, the names of the columns first; of a query that is parsed, no rows.
const engines = {
  async duckdb() {
    const { DuckDBInstance } = require('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create()).connect();
    return async ({ sql }) => {
      const result = await connection.runAndReadAll(sql);
      return [result.columnNames(), ...result.getRows().map((row) => row.map((value) => (value === null ? '' : String(value))))];
    };
  },
  async clickhouse() {
    const chdb = require('chdb');
    return ({ sql }) => {
      const answer = chdb.query(sql, 'JSONCompactStringsEachRowWithNames');
      return answer.trim().split('\n').map((line) => JSON.parse(line));
    };
  },
  async parse() {
    const { init, parse } = require('@polyglot-sql/sdk');
    await init();
    return ({ sql, dialect }) => {
      const { success, error } = parse(sql, dialect);
      if (!success) throw new Error(error);
      return [];
    };
  },
};

(async () => {
  const ask = await engines[process.argv[2]]();
  const requests = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  const answers = [];
  for (const request of requests) {
    try {
      answers.push({ rows: await ask(request) });
    } catch (error) {
      answers.push({ error: String(error.message || error) });
    }
  }
  process.stdout.write(JSON.stringify(answers));
})();
