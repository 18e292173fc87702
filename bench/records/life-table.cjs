// The life table of records by DuckDB: node life-table.cjs < QUERY
const { DuckDBInstance } = require("@duckdb/node-api");

(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  const result = await connection.runAndReadAll(require("fs").readFileSync(0, "utf8"));
  console.log(result.columnNames().join(","));
  for (const row of result.getRows()) console.log(row.join(","));
})();
