(* What the statements in book.v rest on beside Coq's real numbers: columns, sums, deltas, a number moved. *)

Require Import Reals.
Open Scope R_scope.

Definition vector := nat -> R.
Definition matrix := nat -> nat -> R.

Fixpoint sum_from_1 (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S m => sum_from_1 m f + f n
  end.

Definition sum_from_0 (n : nat) (f : nat -> R) : R := f O + sum_from_1 n f.

(* Of no numbers it is 0, which nobody asks for. *)
Fixpoint largest (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S O => f 1%nat
  | S m => Rmax (largest m f) (f n)
  end.

Definition delta (i k : nat) : R := if Nat.eqb i k then 1 else 0.

(* The same column but for number k, which is t; the same matrix but for number i, j. *)
Definition moved (v : vector) (k : nat) (t : R) : vector :=
  fun l => if Nat.eqb l k then t else v l.

Definition moved_entry (M : matrix) (i j : nat) (t : R) : matrix :=
  fun k l => if andb (Nat.eqb k i) (Nat.eqb l j) then t else M k l.
