// SPDX-License-Identifier: MIT
// Templates that make the compiler work for ever.
template <int depth, typename Left, typename Right>
struct Tree {
  using Next = Tree<depth - 1, Tree<depth, Left, Right>, Tree<depth, Right, Left>>;
  static constexpr long kSize = Tree<depth - 1, Tree<depth, Left, int>, Right>::kSize +
                                Tree<depth - 1, Left, Tree<depth, int, Right>>::kSize;
};
template <typename Left, typename Right>
struct Tree<0, Left, Right> {
  static constexpr long kSize = 1;
};
int main() { return Tree<40, int, long>::kSize == 0; }
