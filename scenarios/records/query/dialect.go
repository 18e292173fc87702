package query

import (
	"fmt"
	"strings"
)

// A dialect is how one family of engines spells what their SQL does not share. The
// patterns are for fmt.
type dialect struct {
	name      string
	quoted    string // an identifier
	date      string // a day, of 2026-01-01
	year      string // the year of a date, as a number; month and day likewise
	month     string
	day       string
	blank     string // a value that may be written as an empty text
	remainder string // of two whole numbers
	rounded   string // a number as a whole number of 64 bits
	whole     string // a whole number that division may have made a fraction of
	count     string // rows of a group
	monthText string // of a year and a month, as 2026-01
}

// dialects lists them; the first is the default. Snowflake reads ansi, Spark and
// Databricks read bigquery.
func dialects() []dialect {
	ansi := dialect{
		name:      "ansi",
		quoted:    `"%s"`,
		date:      "DATE '%s'",
		year:      "EXTRACT(YEAR FROM %s)",
		month:     "EXTRACT(MONTH FROM %s)",
		day:       "EXTRACT(DAY FROM %s)",
		blank:     "%s",
		remainder: "MOD(%s, %d)",
		rounded:   "CAST(ROUND(%s) AS BIGINT)",
		whole:     "CAST(%s AS BIGINT)",
		count:     "COUNT(*)",
		monthText: "CONCAT(CAST(%[1]s AS VARCHAR(4)), CASE WHEN %[2]s < 10 THEN '-0' ELSE '-' END, CAST(%[2]s AS VARCHAR(2)))",
	}
	sqlite := ansi // dates are texts, and an imported blank is an empty one
	sqlite.name = "sqlite"
	sqlite.date = "'%s'"
	sqlite.year = "CAST(SUBSTR(%s, 1, 4) AS INTEGER)"
	sqlite.month = "CAST(SUBSTR(%s, 6, 2) AS INTEGER)"
	sqlite.day = "CAST(SUBSTR(%s, 9, 2) AS INTEGER)"
	sqlite.blank = "NULLIF(%s, '')"
	sqlite.remainder = "%s %% %d"
	sqlite.monthText = "CAST(%[1]s AS TEXT) || CASE WHEN %[2]s < 10 THEN '-0' ELSE '-' END || CAST(%[2]s AS TEXT)"

	tsql := ansi
	tsql.name = "tsql"
	tsql.quoted = "[%s]"
	tsql.date = "CAST('%s' AS DATE)"
	tsql.year, tsql.month, tsql.day = "YEAR(%s)", "MONTH(%s)", "DAY(%s)"
	tsql.remainder = "%s %% %d"
	tsql.rounded = "CAST(ROUND(%s, 0) AS BIGINT)"
	tsql.count = "COUNT_BIG(*)"

	bigquery := ansi
	bigquery.name = "bigquery"
	bigquery.quoted = "`%s`"
	bigquery.monthText = strings.NewReplacer("VARCHAR(4)", "STRING", "VARCHAR(2)", "STRING").Replace(ansi.monthText)

	mysql := bigquery
	mysql.name = "mysql"
	mysql.rounded = "CAST(ROUND(%s) AS SIGNED)"
	mysql.whole = "CAST(%s AS SIGNED)"
	mysql.monthText = strings.ReplaceAll(bigquery.monthText, "STRING", "CHAR")

	return []dialect{ansi, sqlite, tsql, bigquery, mysql}
}

// monthNumber counts the months up to a date: 12 a year.
func (d *dialect) monthNumber(date string) string {
	return fmt.Sprintf("12 * "+d.year+" + "+d.month, date, date)
}
