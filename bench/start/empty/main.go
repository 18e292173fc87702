// Empty does nothing. Its time is the start-up time of any Go program.
package main

func main() {}
