package survival

// A Reason says in a sentence why a simpler model than the one asked for is used.
type Reason string

// The reasons. All but the last three are found in the table before anything is iterated.
const (
	NobodyLost    Reason = "nobody was lost: churn is only known to lie below 1 − 0.05^(1/N), N being the customers at risk summed over the renewals; nobody is taken to leave"
	EverybodyLost Reason = "everybody was lost: no customer is left whose retention could be estimated"
	OneRow        Reason = "the table has one row, and one number cannot give two parameters: constant churn is used"
	TwoRows       Reason = "the table has two rows, and two numbers cannot give three parameters: sbg is used"
	TwoKinds      Reason = "everybody who left did so at the first renewal: there seem to be two kinds of customers, and nobody is taken to leave later"
	AnnualSpikes  Reason = "most losses fall on every twelfth renewal, which is how annual contracts look by the month: use the period year"
	YearlySpikes  Reason = "most losses fall on every fourth renewal, which is how annual contracts look by the quarter: use the period year"
	NotFalling    Reason = "churn does not fall with tenure: constant churn is used"
	FirstRenewal  Reason = "everybody was lost at the first renewal, while customers stay at later ones: there seem to be two kinds of customers, and constant churn is used"
	AllAlike      Reason = "customers are not seen to differ, churn only changes with tenure: the discrete Weibull model is used, which is bdw without differences"
	NoMaximum     Reason = "the likelihood of the model has no maximum: a simpler model is used"
)
