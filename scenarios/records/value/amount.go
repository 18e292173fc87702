package value

// MostMinor bounds an amount, in minor units.
const MostMinor = 1e15

// ParseAmount reads a plain number, such as 1234.50, into minor units, of which so many
// digits make one of the currency. Digits beyond them are rounded half away from zero. The
// mark before them may be a comma where decimalComma says so and not just three digits
// follow, which could be thousands.
func ParseAmount(text []byte, minor int, decimalComma bool) (amount int64, ok bool) {
	var n uint64 // holds four digits more than MostMinor, and no currency has more
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		text = text[1:]
	}
	i := 0
	for ; i < len(text) && text[i]-'0' <= 9; i++ {
		if n = n*10 + uint64(text[i]-'0'); n > MostMinor {
			return 0, false
		}
	}
	digits := i
	if i < len(text) && (text[i] == '.' || text[i] == ',' && decimalComma && len(text)-i != 4) {
		for i++; i < len(text) && text[i]-'0' <= 9; i++ {
			switch digits++; {
			case minor > 0:
				n, minor = n*10+uint64(text[i]-'0'), minor-1
			case minor == 0:
				if text[i] >= '5' {
					n++
				}
				minor = -1
			}
		}
	}
	if digits == 0 || i < len(text) {
		return 0, false
	}
	for ; minor > 0; minor-- {
		n *= 10
	}
	if amount = int64(n); negative {
		amount = -amount
	}
	return amount, n <= MostMinor
}
