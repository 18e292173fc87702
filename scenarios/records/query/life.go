package query

import "strings"

// lifeTable counts, for each renewal, who came to it and who left, in customers and in
// money.
func (w *writer) lifeTable() string {
	entry, unseen := "1", "0"
	if w.Since != "" {
		entry, unseen = w.periods("unseen")+" + 1", elapsed("joined_month", "joined_day", month(w.since), w.since.OfMonth())
	}
	steps := []step{
		w.spells(true),
		// In whole months since the customer joined.
		{"ages", w.fill(`
SELECT {SEGMENT}gone, there_a_year_ago, money,
  {unseen} AS unseen,
  {age} AS age,
  {left} AS age_left,
  {ago} AS age_a_year_ago
FROM @spells
WHERE spell = 1`,
			"{unseen}", unseen,
			"{age}", elapsed("joined_month", "joined_day", month(w.observed), w.observed.OfMonth()),
			"{left}", elapsed("joined_month", "joined_day", "left_month", "left_day"),
			"{ago}", elapsed("joined_month", "joined_day", month(w.ago), w.ago.OfMonth()))},
		{"renewals", w.fill(`
SELECT {SEGMENT}gone, there_a_year_ago, money,
  {entry} AS entry,
  {seen} AS seen,
  CASE WHEN gone = 1 THEN {left} + 1 ELSE 0 END AS lost_at,
  CASE WHEN there_a_year_ago = 1 THEN {ago} + 1 ELSE 0 END AS due_a_year_ago
FROM @ages`,
			"{entry}", entry, "{seen}", w.periods("age"), "{left}", w.periods("age_left"), "{ago}", w.periods("age_a_year_ago"))},
		{"stays", w.fill(`
SELECT {SEGMENT}money, entry, due_a_year_ago,
  CASE WHEN gone = 1 AND lost_at <= seen THEN lost_at ELSE seen END AS last_renewal,
  CASE WHEN gone = 1 AND lost_at <= seen THEN 1 ELSE 0 END AS is_lost,
  CASE WHEN gone = 0 THEN seen + 1 ELSE 0 END AS due,
  CASE WHEN gone = 1 AND there_a_year_ago = 1 THEN lost_at ELSE 0 END AS lost_in_a_year
FROM @renewals`)},
		{"alike", w.fill(`
SELECT {SEGMENT}entry, last_renewal, is_lost, due, due_a_year_ago, lost_in_a_year, {count} AS customers, SUM(money) AS spend
FROM @stays
GROUP BY {SEGMENT}entry, last_renewal, is_lost, due, due_a_year_ago, lost_in_a_year`)},
		// Each stay makes up to five events; 0 is the renewal of one that does not happen.
		{"events", w.fill(`
SELECT {SEGMENT}event, is_lost, customers, spend,
  CASE WHEN event <= 2 AND entry > last_renewal THEN 0
    WHEN event = 1 THEN entry
    WHEN event = 2 THEN last_renewal
    WHEN event = 3 THEN due
    WHEN event = 4 THEN lost_in_a_year
    ELSE due_a_year_ago END AS renewal
FROM @alike
CROSS JOIN (SELECT 1 AS event UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) AS kinds`)},
		{"placed", w.fill(`
SELECT @events.*, MAX(CASE WHEN event = 2 THEN renewal ELSE 0 END) OVER ({PARTITION}) AS longest
FROM @events
WHERE renewal > 0`)},
		// A renewal that nobody has come to yet belongs to the last one.
		{"shown", w.fill(`
SELECT {SEGMENT}event, is_lost, customers, spend,
  CASE WHEN renewal > longest AND longest > 0 THEN longest ELSE renewal END AS tenure
FROM @placed`)},
		{"counted", w.fill(`
SELECT {SEGMENT}tenure,
  {SUMS}
FROM @shown
GROUP BY {SEGMENT}tenure`, "{SUMS}", strings.Join([]string{
			"SUM(CASE WHEN event = 1 THEN customers ELSE 0 END) AS entering",
			"SUM(CASE WHEN event = 2 THEN customers ELSE 0 END) AS leaving",
			"SUM(CASE WHEN event = 2 AND is_lost = 1 THEN customers ELSE 0 END) AS lost",
			"SUM(CASE WHEN event = 1 THEN spend ELSE 0 END) AS spend_entering",
			"SUM(CASE WHEN event = 2 THEN spend ELSE 0 END) AS spend_leaving",
			"SUM(CASE WHEN event = 2 AND is_lost = 1 THEN spend ELSE 0 END) AS spend_lost",
			"SUM(CASE WHEN event = 3 THEN customers ELSE 0 END) AS active",
			"SUM(CASE WHEN event = 3 THEN spend ELSE 0 END) AS spend_active",
			"SUM(CASE WHEN event = 4 THEN customers ELSE 0 END) AS lost_last_year",
			"SUM(CASE WHEN event = 5 THEN customers ELSE 0 END) AS active_a_year_ago",
		}, ",\n  "))},
		{"spaced", w.fill(`
SELECT @counted.*,
  tenure - COALESCE(LAG(tenure) OVER ({PARTITION}ORDER BY tenure), 0) AS renewals,
  SUM(entering - leaving) OVER ({PARTITION}ORDER BY tenure) - entering + leaving AS staying,
  SUM(spend_entering - spend_leaving) OVER ({PARTITION}ORDER BY tenure) - spend_entering + spend_leaving AS spend_staying
FROM @counted`)},
		// Those who stay come to each renewal since the row before; those who enter, to this one.
		{"life", w.fill(`
SELECT {SEGMENT}tenure, renewals * staying + entering AS at_risk, lost,
  renewals * spend_staying + spend_entering AS spend_at_risk, spend_lost,
  active, spend_active, lost_last_year, active_a_year_ago
FROM @spaced`)},
	}
	return w.merged(steps, "tenure", "lost", []string{"at_risk", "lost", "spend_at_risk", "spend_lost", "active", "spend_active", "lost_last_year", "active_a_year_ago"})
}
